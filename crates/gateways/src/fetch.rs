//! One bounded question: time limits, a size limit, no redirects, no proxy from the environment.

use crate::SetUpFault;
use reqwest::{Client, RequestBuilder, Response, Url, redirect};
use serde::Serialize;
use std::time::Duration;

/// How long one fetch may take and how much it may bring.
#[derive(Clone, Debug)]
pub struct FetchLimits {
    /// Until the connection stands, its TLS included.
    pub connect: Duration,
    /// From the first byte sent to the last byte read.
    pub whole: Duration,
    /// Of the body.
    pub bytes: usize,
}

/// Why a fetch brought nothing; goes to the log only.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchFault {
    #[error("no complete answer in time")]
    TimedOut,
    #[error("unreachable: {0}")]
    Unreachable(reqwest::Error),
    #[error("answered with status {0}")]
    Status(u16),
    #[error("the answer is larger than {0} bytes")]
    TooLarge(usize),
    #[error("the answer cannot be used: {0}")]
    Unusable(&'static str),
}

impl From<reqwest::Error> for FetchFault {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() { Self::TimedOut } else { Self::Unreachable(error.without_url()) }
    }
}

/// A client for one kind of remote document; clones share its connections.
#[derive(Clone, Debug)]
pub(crate) struct Fetcher {
    client: Client,
    bytes: usize,
}

impl Fetcher {
    pub(crate) fn new(limits: &FetchLimits) -> Result<Self, SetUpFault> {
        let client = Client::builder()
            .connect_timeout(limits.connect)
            .timeout(limits.whole)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .user_agent("soid")
            .build()
            .map_err(|error| SetUpFault(error.to_string()))?;
        Ok(Self { client, bytes: limits.bytes })
    }

    /// The body of a 200 answer. A redirect is an answer like any other that is not 200: a fault.
    pub(crate) async fn bytes(&self, url: Url) -> Result<Vec<u8>, FetchFault> {
        self.body(self.client.get(url)).await
    }

    /// The same for a question in JSON.
    pub(crate) async fn post(&self, url: Url, asked: &impl Serialize) -> Result<Vec<u8>, FetchFault> {
        self.body(self.client.post(url).json(asked)).await
    }

    /// What a SOAP 1.1 service answers to an envelope. A fault comes with status 500 (SOAP 1.1 §6.2), so that is an answer, too.
    pub(crate) async fn soap(&self, url: Url, envelope: Vec<u8>) -> Result<Vec<u8>, FetchFault> {
        let asked = self.client.post(url).body(envelope);
        let asked = asked.header("Content-Type", "text/xml; charset=utf-8").header("SOAPAction", "\"\"");
        let answer = asked.send().await?;
        match answer.status().as_u16() {
            200 | 500 => self.whole(answer).await,
            status => Err(FetchFault::Status(status)),
        }
    }

    async fn body(&self, asked: RequestBuilder) -> Result<Vec<u8>, FetchFault> {
        let answer = asked.send().await?;
        if answer.status() != reqwest::StatusCode::OK {
            return Err(FetchFault::Status(answer.status().as_u16()));
        }
        self.whole(answer).await
    }

    async fn whole(&self, mut answer: Response) -> Result<Vec<u8>, FetchFault> {
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > self.bytes {
                return Err(FetchFault::TooLarge(self.bytes));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}
