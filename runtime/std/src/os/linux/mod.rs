//! Extensions of std's types.
