//! Black-box tests of the service over HTTP; everything is in `api/`.
