/** First flights of `openssl s_server` 3.0.19 with an ECDSA certificate, as they came, in Base64. */
const recordings = {
  /** A HelloRetryRequest: TLS 1.3, without a key share in the hello. */
  retryRequest: [
    'FgMDAFgCAABUAwPPIa105ZphEb4djAIeZbiRwqIRFnq7jF4HngniyKgznCAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICBMB',
    'AAAMACsAAgMEADMAAgAdFAMDAAEB',
  ].join(''),
  /** TLS 1.3 with a key share: a hello, and encrypted records behind it. */
  tls13: [
    'FgMDAJsCAACXAwNeiYkVZ5mFjDyhuroDF/YR6d5xY/+R4lf4+IApeMoSsSAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICBMB',
    'AABPACsAAgMEADMARQAXAEEEeBQ7A28p15D259NUYyGK3G+CjFsHo1zZkYJl6C8ORBsoGXElhjMcWEsnYHiDLnPceK1o6KNoRebQDRza',
    'YamapBQDAwABARcDAwBACUsVv+XEPDDDtscw+p8Xr4UpNkh2wnU6jypF7Z6+KF7o0uhpj2nkYCf5MUckn9RcA1x07bqK6XjkWvezuVTt',
    'pBcDAwGwZFMJD2ORXqncuO97T4saidoHiFhjdgvM70XrKi8+zbaIQw5SMx+9RALi3Ov9NrHd0yj9mPh/2JIoJpdKJD/ta8KYNlJbaa/1',
    'b93N68b1+x/lAMY67lfZ5Fr0I/GZxLtQ9SC65o9SfmasxiAfLGVJFatLT55bzTvF4/eGLQI4EY9U+cRhJ1scaApcdvxDwmI3tqDERgXj',
    'YXUGxu/s+EO/ZIHENBM7gzDXpYeVDDV0eckVb41sfChnhT1Gh4EtVGmWCh0HnpPTHC6x9WvdeOyI5ehHy56vrCiL5G4+qLwcnJTC9HzK',
    'bkNhLw6rjsU5QniCIoV0P7n8I1yWZzaYYLp6XAEE7g/+/4oOafn6tEbvhX11AJIcA+FFvHODOu6lkT7d5f6lQPWuuoWPMT8NSL2U1SjG',
    '7EFh7w9eeExlqs9UMUDyO5MekmgH7WXQwOgMVHveQaGCRWIJBDnxVLBJhpuvPvxgRWClMrh82wRHkJbWsHkw2oa6H+67DvDSuMZjIhDo',
    'O262s/O4pUifD8SOSU2LwFSGJoT1EtXqHpdZZpDS9+caNR/qoi1McBovW1KIuLY1FwMDAGFGSGSwwDiJVnXZ0GreQx7WB89cALGu5kGR',
    'urvgWrNFJBs9VHlgNt1FKAjA/PlfLLDbDstW3ugJ+hx5OoLaDV1UNglFzwHaLHt5OpqC4ZcwxSn/0MwGz304KZKFtGeWzwOeFwMDADXl',
    'mGcH1CJ4rfS3KuczD3Y3Mtp5G29mESpIbnO/sqJDiQsVa+KAYVtR46KOwv6ydeXwL1RElw==',
  ].join(''),
  /** TLS 1.2, with ALPN. */
  tls12: [
    'FgMDAGgCAABkAwMq3P1MccXBDSfVCXGix0rMYjBJQ20Y5G5ET1dOR1JEASD7BdHg0cCA9a/jiz/3O/V4g7kYaUIZ1RRAg1Dgkpsq3cyp',
    'AAAc/wEAAQAACwAEAwABAgAQAAsACQhodHRwLzEuMRYDAwGcCwABmAABlQABkjCCAY4wggEzoAMCAQICFEC7jOaqaWIvngO3Br9e6IG2',
    'qbwyMAoGCCqGSM49BAMCMBwxGjAYBgNVBAMMEW1haWwuZXhhbXBsZS50ZXN0MB4XDTI2MTEyMDIyNTEwMVoXDTM2MTExNzIyNTEwMVow',
    'HDEaMBgGA1UEAwwRbWFpbC5leGFtcGxlLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQrKwb+8mOawnVd2BLxevtd6Sg0nJ8b',
    'CA5Bdt4oOc3W+NCmXyAZTj6wGhEWBftNEp+SaOydNnNsnEeybfprSnZfo1MwUTAdBgNVHQ4EFgQUFnpll8R8FNv+PMaJhAPVlxMZxfYw',
    'HwYDVR0jBBgwFoAUFnpll8R8FNv+PMaJhAPVlxMZxfYwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAiqdaMvz5BOih',
    'NrmtCXbS6KYQd4x4aSJTlb51ydXYTe4CIQD5UmqvlhMcZdURJZURiTUdr+WFt8zFPMhS5M1+1nDAtBYDAwB0DAAAcAMAHSAuVgBThnYy',
    'gJfBFHWWlDLa+2mPPyF/OCNvc6R/6UYeBwQDAEgwRgIhAMAF2ncfwXbwCZBMfJ2x/RQ9DLPPHmCoXxlEDqXd7DraAiEAsDZl4wBjAN2g',
    'G47XNT9N/rJWsdZ3q2DWhAjNh+YsBRYWAwMABA4AAAA=',
  ].join(''),
  /** TLS 1.2; the server asks for a client certificate and names one issuer. */
  tls12Asking: [
    'FgMDAFkCAABVAwOKlZotInLaXMVCSaetZVHsf1eCqEhly69ET1dOR1JEASCVJmCz3uKB/59pRnuCS/cW/rGuqgnEXTyC4KvoVGmvkMyp',
    'AAAN/wEAAQAACwAEAwABAhYDAwGcCwABmAABlQABkjCCAY4wggEzoAMCAQICFEC7jOaqaWIvngO3Br9e6IG2qbwyMAoGCCqGSM49BAMC',
    'MBwxGjAYBgNVBAMMEW1haWwuZXhhbXBsZS50ZXN0MB4XDTI2MTEyMDIyNTEwMVoXDTM2MTExNzIyNTEwMVowHDEaMBgGA1UEAwwRbWFp',
    'bC5leGFtcGxlLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQrKwb+8mOawnVd2BLxevtd6Sg0nJ8bCA5Bdt4oOc3W+NCmXyAZ',
    'Tj6wGhEWBftNEp+SaOydNnNsnEeybfprSnZfo1MwUTAdBgNVHQ4EFgQUFnpll8R8FNv+PMaJhAPVlxMZxfYwHwYDVR0jBBgwFoAUFnpl',
    'l8R8FNv+PMaJhAPVlxMZxfYwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAiqdaMvz5BOihNrmtCXbS6KYQd4x4aSJT',
    'lb51ydXYTe4CIQD5UmqvlhMcZdURJZURiTUdr+WFt8zFPMhS5M1+1nDAtBYDAwBzDAAAbwMAHSDIy9+NvigpzOC97eUNSLFh/zNkNzeK',
    'GEImSxuHjpTzCAQDAEcwRQIhAPIz8l98892AtLkThiWezCD8Qr/XfPFb+xJF0ubSjK/+AiBAbz59APUOYUKavwanNqvWcvbRCfaUF3RR',
    'Dr+HBS2cURYDAwBaDQAAVgMBAkAALgQDBQMGAwgHCAgICQgKCAsIBAgFCAYEAQUBBgEDAwIDAwECAQMCAgIEAgUCBgIAIAAeMBwxGjAY',
    'BgNVBAMMEW1haWwuZXhhbXBsZS50ZXN0FgMDAAQOAAAA',
  ].join(''),
  /** The same in TLS 1.0. */
  tls10Asking: [
    'FgMBAFkCAABVAwEDFx1e+ghZBMqBg7nHWzeaVEo1KMCiztJET1dOR1JEACCGuiR3EaMXun3lOZbwS3Z6S5RoOJHiZkoaPnnsUkf8IMAK',
    'AAAN/wEAAQAACwAEAwABAhYDAQGcCwABmAABlQABkjCCAY4wggEzoAMCAQICFEC7jOaqaWIvngO3Br9e6IG2qbwyMAoGCCqGSM49BAMC',
    'MBwxGjAYBgNVBAMMEW1haWwuZXhhbXBsZS50ZXN0MB4XDTI2MTEyMDIyNTEwMVoXDTM2MTExNzIyNTEwMVowHDEaMBgGA1UEAwwRbWFp',
    'bC5leGFtcGxlLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQrKwb+8mOawnVd2BLxevtd6Sg0nJ8bCA5Bdt4oOc3W+NCmXyAZ',
    'Tj6wGhEWBftNEp+SaOydNnNsnEeybfprSnZfo1MwUTAdBgNVHQ4EFgQUFnpll8R8FNv+PMaJhAPVlxMZxfYwHwYDVR0jBBgwFoAUFnpl',
    'l8R8FNv+PMaJhAPVlxMZxfYwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAiqdaMvz5BOihNrmtCXbS6KYQd4x4aSJT',
    'lb51ydXYTe4CIQD5UmqvlhMcZdURJZURiTUdr+WFt8zFPMhS5M1+1nDAtBYDAQByDAAAbgMAHSBCeWztL7V4m/YuaDxU9HseaJ7DevdF',
    'heWPg8sdlFBYZgBIMEYCIQDVvQGqc2VeUyHeBZS50fT1QWELNQ7gD1qfpVRBVOzCYAIhAIus2kfyu+uT04xislJzLKSHUiTmgaGFSe4v',
    'SCcMuxOCFgMBACoNAAAmAwECQAAgAB4wHDEaMBgGA1UEAwwRbWFpbC5leGFtcGxlLnRlc3QWAwEABA4AAAA=',
  ].join(''),
  /** TLS 1.2 without a certificate, asking for one. */
  anonymous: [
    'FgMDAFECAABNAwPQftnee7usHZhJPl7wB9nl7Kb9z/RmBTlET1dOR1JEASBV9i4yAeVpr2dfZIIdVCJKt/GLEjxP5Tpf+oEUuxy8awA0',
    'AAAF/wEAAQAWAwMBCwwAAQcAgP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJRSgh5jjQE3e+VGbPNOkMbMCsK',
    'bfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AAECAIDT1i7Z',
    'Qu0h0SFKUexjxULNulsj7kItBoVXmfu+u/URFTRJIYOR+0m/LrjCI3HUg9bOdqc1wpNtwr3oVuXrzEqzaDNyJLJdGgMhxIOKgBuwFHtV',
    'aTKafznFukSBRrROvuElBzZNc8npslEsC7fcEK+QM373uf7yyg9szqOHlWwz2xYDAwBaDQAAVgMBAkAALgQDBQMGAwgHCAgICQgKCAsI',
    'BAgFCAYEAQUBBgEDAwIDAwECAQMCAgIEAgUCBgIAIAAeMBwxGjAYBgNVBAMMEW1haWwuZXhhbXBsZS50ZXN0FgMDAAQOAAAA',
  ].join(''),
  /** An alert: "handshake failure", for a hello that offers RC4 alone. */
  refusal: 'FQMDAAICKA==',
} as const;

export type Recording = keyof typeof recordings;

export const names = Object.keys(recordings) as Recording[];

/** The bytes of a recording. */
export function recorded(name: Recording): Uint8Array {
  return new Uint8Array(Buffer.from(recordings[name], 'base64'));
}
