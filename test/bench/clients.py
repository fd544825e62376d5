"""keystoneauth1, or openstacksdk if the second argument says so: the same steps as in clients.mjs."""

import json
import resource
import sys

url, library = sys.argv[1:3]
user = {"username": "demo", "password": "s3cret", "user_domain_name": "Default"}
project = {"project_name": "web", "project_domain_name": "Default"}

if library == "keystoneauth1":
    from keystoneauth1.identity import v3
    from keystoneauth1.session import Session

    session = Session(auth=v3.Password(auth_url=f"{url}/v3", **user, **project))

    def call():
        session.get("/servers", endpoint_filter={"service_type": "compute"}).json()

else:
    import openstack

    cloud = openstack.connect(auth_url=f"{url}/v3", region_name="region-0", **user, **project)

    def call():
        list(cloud.compute.servers(details=False, paginated=False))


def tell(step):
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = (used.ru_utime + used.ru_stime) * 1000
    print(json.dumps({"step": step, "cpu": cpu, "peak": used.ru_maxrss / 1024}), flush=True)


call()
tell("first")
for count in [200, 2000]:
    for _ in range(count):
        call()
    tell(str(count))
