"""公开 gongkai: a static-site generator for Chinese open-government catalogs."""

__version__ = "0.1.0"
