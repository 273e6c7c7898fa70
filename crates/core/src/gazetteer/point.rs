//! Points on the earth.

/// A point on the earth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

impl Point {
    /// Kilometres along the surface.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        let (a, b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half = ((b - a) / 2.0).sin().powi(2)
            + a.cos() * b.cos() * ((other.longitude - self.longitude).to_radians() / 2.0).sin().powi(2);
        12_742.0 * half.sqrt().min(1.0).asin()
    }

    /// The same, quickly: within a percent up to some hundred kilometres, of the right order beyond.
    #[must_use]
    pub fn rough_distance(self, other: Self) -> f64 {
        let north = other.latitude - self.latitude;
        let east = (other.longitude - self.longitude) * f64::midpoint(self.latitude, other.latitude).to_radians().cos();
        111.2 * north.hypot(east)
    }

    /// The direction to another point, in degrees clockwise from north.
    #[must_use]
    pub fn bearing(self, other: Self) -> f64 {
        let (a, b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let turn = (other.longitude - self.longitude).to_radians();
        let y = turn.sin() * b.cos();
        let x = a.cos() * b.sin() - a.sin() * b.cos() * turn.cos();
        y.atan2(x).to_degrees().rem_euclid(360.0)
    }
}
