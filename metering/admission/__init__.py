"""Identity at creation: whoever makes a resource says whose it is, on every way of making one.

``identity``    what must be said, and what is wrong with what was said
``registry``    the apps, teams and cost centers there are
``kubernetes``  objects of a cluster: labels and annotations
``review``      AdmissionReview v1: deny, or warn and default
``documents``   YAML of strangers, read within bounds
``manifests``   files of serverless deploys
"""
