// Nothing: what Node itself costs, without its loader for ES modules.
