//! Distances between places.

/// Distance on the sphere, in kilometres.
#[must_use]
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat1, lat2) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = (lat2 - lat1, (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
    12742.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::kilometres;

    #[test]
    fn damascus_to_aleppo() {
        assert!(kilometres((34.7, 40.8), (34.7, 40.8)).abs() < 1e-9);
        assert!((kilometres((33.513, 36.292), (36.202, 37.134)) - 309.0).abs() < 5.0);
    }
}
