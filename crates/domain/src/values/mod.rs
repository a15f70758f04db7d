//! Values with one door each: a private field and `parse`.
