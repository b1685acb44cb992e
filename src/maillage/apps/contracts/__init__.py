"""What binds a structure and what it must keep: contracts and their amendments, funds, documents that expire."""
