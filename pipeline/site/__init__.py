"""What our pages show: the questions they ask of the database, and how rows become pages, feeds and calendars.

``web/plugins/dateline_site.py`` hangs these on Datasette; the templates lie in ``web/templates``.
"""
