//! Meeting point and issuing service of a sponsor.
