"""What operators own: settings (environment), the meter catalog, prices, attribution and roles, reviewed like code."""
