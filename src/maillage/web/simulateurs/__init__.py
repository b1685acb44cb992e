"""The pages of the simulators that stand on the shared kit."""
