//! framescope
