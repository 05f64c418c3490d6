"""A believable platform with a story, made from a seed: same seed and same end, same events to the byte.

``plan``            what is asked for: how many apps, how long, until when
``teams``           who works here, where, and where their cost is booked
``apps``            what they run, and what it is made of
``rhythm``          when people work
``story``           what happened: incidents, a price change, a reorganization
``declared``        what new apps said they would spend
``usage``           what every app consumed, hour by hour
``pile``            millions of usage rows as numbers, and as staged events
``arrival``         what came late, twice, or with another time stamp
``lifecycle``       starts, stops, scalings, deploys and alerts
``platform_costs``  what nobody consumed directly
``bad_events``      what the door must refuse
``registry``        who owns what, as the histories say it
``load``            all of it through the ordinary door
"""
