//! Accounts, sign-in, second factor, sessions, roles with places, API tokens.
