"""Events that come by themselves: from a Kafka bus, and as files dropped in a folder.

``messages``   what a message of the bus says
``consumer``   a member of a consumer group; offsets are committed after the store has the batch
``positions``  how far each partition is read: kept in the store, for Health
``inbox``      a folder whose files are loaded and put away
"""
