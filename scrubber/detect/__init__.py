"""Units in, spans out: what each rule claims, before overlaps are resolved."""
