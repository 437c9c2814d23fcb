"""What stands between a spider and the network: robots, refusals, redirects."""
