/**
 * The certificate that `kube-root-ca.crt` holds in every namespace: self-signed, of nobody's key, so that what reads it finds
 * a certificate. The embedded cluster speaks plain HTTP.
 */
export const ROOT_CA = `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIUCfkRZLdeldlmVRIpDqJ8ZSk6pRAwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKa3ViZXJuZXRlczAeFw0yNjExMjQxNDE2MDdaFw00NjExMTkx
NDE2MDdaMBUxEzARBgNVBAMMCmt1YmVybmV0ZXMwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAS3Is23KozWOhA/xrcKW/AoR9Xtffud8mrvkCh4FsaGbCmqlFUaN14M
/0LBBmONemKoY3I1U3KByktxr+HZdBDUo1MwUTAdBgNVHQ4EFgQUo5/AYMfgKQIo
v/5PpxmN9movaWYwHwYDVR0jBBgwFoAUo5/AYMfgKQIov/5PpxmN9movaWYwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAmxwS6W5HK1eUhZya905n
KqiFVLd9bihguBu5p3AGheECIQDeuyGxkY6P48yIwpPOd8g/QK0Zrnsca2tovUUp
LBzD/A==
-----END CERTIFICATE-----
`;
