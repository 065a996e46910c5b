"""What `make bench` measures: ratios to a named peer in the same run, so that the machine's speed drops out."""
