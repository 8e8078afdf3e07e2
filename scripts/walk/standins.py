"""What stands in for what a closed network does not have: the mail server, the bucket, an authority, the mirror of
Debian's packages."""

import hashlib
import http.server
import json
import os
import pathlib
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

from walk.machines import MIRROR

SCRIPTS = pathlib.Path(__file__).resolve().parent.parent
# Where ./scripts/services keeps the programs of the mail server and the bucket.
PROGRAMS = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "vestibule-services/bin"
ELSEWHERE = "10.0.0.1"
BUCKET = "vestibule-pictures"
BUCKET_HOST = "s3.example.org"


class Mirror(http.server.BaseHTTPRequestHandler):
    """A proxy that fetches what apt asks for from Debian's mirror, and keeps packages for the next walk."""

    cache = None
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if not self.path.startswith(f"{MIRROR}/"):
            self.send_error(403)
            return
        kept = self.cache / hashlib.sha256(self.path.encode()).hexdigest() if self.path.endswith(".deb") else None
        try:
            content = kept.read_bytes() if kept and kept.exists() else self.fetched(kept)
        except urllib.error.HTTPError as error:
            self.send_error(error.code)
            return
        except OSError as error:
            self.send_error(502, str(error))
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def fetched(self, kept):
        with urllib.request.urlopen(self.path, timeout=300) as answer:
            content = answer.read()
        if kept:
            unfinished = kept.with_suffix(f".{threading.get_ident()}")
            unfinished.write_bytes(content)
            unfinished.rename(kept)
        return content

    def log_message(self, *_):
        pass


def serve_mirror(listener, cache):
    """Serves it at a socket that listens in the network of the machines; this process is in the one with the mirror."""
    cache.mkdir(parents=True, exist_ok=True)
    Mirror.cache = cache
    server = http.server.ThreadingHTTPServer(("", 0), Mirror, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    threading.Thread(target=server.serve_forever, daemon=True).start()


class Authority:
    """A private authority, in the place of the one that certbot asks and of the mail server's."""

    def __init__(self, folder):
        self.folder = folder
        self.certificate = folder / "authority.pem"
        self.openssl("-subj", "/CN=Authority of the walk", "-keyout", folder / "authority.key", "-out", self.certificate)

    def openssl(self, *options):
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", *options]
        subprocess.run(command, check=True, capture_output=True)

    def sign(self, name):
        """Makes a certificate for a name, and returns its file and that of its key."""
        certificate, key = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        signed = ["-CA", self.certificate, "-CAkey", self.folder / "authority.key", "-subj", f"/CN={name}"]
        signed += ["-addext", f"subjectAltName=DNS:{name}", "-addext", "basicConstraints=critical,CA:FALSE"]
        self.openssl(*signed, "-keyout", key, "-out", certificate)
        return certificate, key


def wait_for(address, port):
    """Waits until somebody listens."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection((address, port), 5).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"nobody listens at {address}:{port}")


def mail_server(folder, authority):
    """Starts it, and returns the folder with the mails that it takes."""
    mails = folder / "mails"
    mails.mkdir()
    certificate, key = authority.sign("mail.example.org")
    command = [PROGRAMS / "python", SCRIPTS / "smtp_sink.py", "--host", ELSEWHERE, "--port", "587", "--tls-port", "465"]
    command += ["--login", "user:change-me-mail", "--folder", mails, "--certificate", certificate, "--key", key]
    subprocess.Popen(command, stdout=(folder / "mail.log").open("wb"), stderr=subprocess.STDOUT)
    wait_for(ELSEWHERE, 465)
    return mails


# The right of the keys is deploy/bucket-policy.json, and from here on requests without a right are refused.
BUCKET_SETUP = """
import boto3, botocore.config, json, sys, urllib.request
endpoint, bucket, policy = sys.argv[1:]
def client(service):
    keys = dict(aws_access_key_id="-", aws_secret_access_key="-")
    by_path = botocore.config.Config(s3={"addressing_style": "path"})
    return boto3.client(service, endpoint_url=endpoint, region_name="eu-central-1", config=by_path, **keys)
s3, iam = client("s3"), client("iam")
s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
iam.create_user(UserName="vestibule")
iam.put_user_policy(UserName="vestibule", PolicyName="pictures", PolicyDocument=open(policy).read())
key = iam.create_access_key(UserName="vestibule")["AccessKey"]
plain = {"Content-Type": "text/plain"}
reset = urllib.request.Request(f"{endpoint}/moto-api/reset-auth", data=b"0", headers=plain, method="POST")
urllib.request.urlopen(reset).read()
print(json.dumps([key["AccessKeyId"], key["SecretAccessKey"]]))
"""


def bucket(folder, authority):
    """Starts the object store with the bucket, and returns the two keys."""
    certificate, key = authority.sign(BUCKET_HOST)
    command = [PROGRAMS / "moto_server", "-H", ELSEWHERE, "-p", "443", "-c", certificate, "-k", key]
    # Or it would take the beginning of its host's name for that of a bucket.
    environment = {**os.environ, "S3_IGNORE_SUBDOMAIN_BUCKETNAME": "true"}
    subprocess.Popen(command, env=environment, stdout=(folder / "bucket.log").open("wb"), stderr=subprocess.STDOUT)
    wait_for(ELSEWHERE, 443)
    trust = {"AWS_CA_BUNDLE": str(authority.certificate), "SSL_CERT_FILE": str(authority.certificate)}
    policy = SCRIPTS.parent / "deploy/bucket-policy.json"
    setup = [PROGRAMS / "python", "-c", BUCKET_SETUP, f"https://{BUCKET_HOST}", BUCKET, policy]
    done = subprocess.run(setup, env={**os.environ, **trust}, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout)
