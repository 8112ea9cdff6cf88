"""What the three Shushuo services share: contracts, bus, blobs, settings, logs."""
