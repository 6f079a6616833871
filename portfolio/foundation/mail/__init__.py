"""Mail: what is written to people, kept until the house's mail server took it or it was given up."""
