//! What a write answers, as it is stored beside the change and replayed to a client that asks again.

/// Status, headers and exact bytes of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAnswer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// Whether the change happened now or before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Fresh(StoredAnswer),
    /// The same request was carried out before; this is its first answer.
    Replayed(StoredAnswer),
}

/// How the HTTP layer turns an outcome into bytes, called inside the transaction after the save.
pub type Render<O> = fn(&O) -> StoredAnswer;

/// The client's own name for one write, and what it asked under that name.
#[derive(Clone, Debug)]
pub struct Write {
    /// 16–128 visible ASCII characters; a PUT may do without.
    pub key: Option<String>,
    /// SHA-256 over method, path and RFC 8785 form of the body.
    pub fingerprint: [u8; 32],
    pub trace_id: String,
}
