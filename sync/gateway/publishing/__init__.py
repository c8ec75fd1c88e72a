"""What leaves the City for everybody: open data and reports, from the gateway's own database."""
