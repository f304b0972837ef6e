"""A sample newsroom: Qinghe University, its people and its news. All of it is invented."""
