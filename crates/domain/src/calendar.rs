//! Dates as the law counts them: calendar days ending at midnight in Warsaw.
