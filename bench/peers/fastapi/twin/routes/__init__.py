"""The endpoints, a part of the contracts in each file."""
