//! Plain statistics that several analyses share.
