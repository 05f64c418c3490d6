"""The way in: every event enters through one door, whoever brings it.

``event_types``  what each kind of event must say, and the table it lands in
``decode``       canonical JSON to staged columns
``llm_usage``    provider-shaped token counts to disjoint meters
``door``         staged columns to accepted, duplicate or quarantined, in one acknowledged batch
``recipes``      importers: files of other shapes to canonical events
"""
