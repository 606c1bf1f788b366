"""Items: each maker of a kind gives those that it can prove, `collect` puts them together."""
