"""Words that were typed and are not saved, kept at the centre for whoever typed them."""
