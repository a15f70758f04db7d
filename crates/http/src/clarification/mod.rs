//! Questions of the minister and their answers, whatever document they are about.

pub mod choices;
pub mod requests;
pub mod view;

pub use requests::ClarificationAnswerRequest;
pub use view::ClarificationView;
