"""Commands about proof: reports and packs, the audit log, the key that signs, the secret of the house."""
