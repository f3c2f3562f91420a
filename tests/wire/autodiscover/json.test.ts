/** Autodiscover version 2: the path that asks, and the answers. */
import { describe, expect, test } from 'vitest';
import { decodeJsonResponse, jsonPath } from '#lib/wire/autodiscover/json.ts';
import { recorded, utf8 } from './recorded.ts';

const decode = (body: string | Uint8Array, type = 'application/json') =>
  decodeJsonResponse(typeof body === 'string' ? utf8(body) : body, type);

describe('the path', () => {
  test.each([
    ['alice@gromox.test', 'AutodiscoverV1', 0, '/v1.0/alice@gromox.test?Protocol=AutodiscoverV1'],
    ['a+b/c?d#e%@x.test', 'Ews', 2, '/v1.0/a%2Bb%2Fc%3Fd%23e%25@x.test?Protocol=Ews&RedirectCount=2'],
    ['"a b"@x.test', 'A&b=c', 0, '/v1.0/%22a%20b%22@x.test?Protocol=A%26b%3Dc'],
    ['jörg@x.test', 'Rest', 0, '/v1.0/j%C3%B6rg@x.test?Protocol=Rest'],
    ['\ud800@x.test', 'Rest', 0, '/v1.0/%EF%BF%BD@x.test?Protocol=Rest'],
  ])('for %s', (address, protocol, redirects, path) => {
    expect(jsonPath({ address, protocol, redirects })).toBe(`/autodiscover/autodiscover.json${path}`);
  });
});

describe('answers of an independent server', () => {
  test.each([
    [
      'v2-autodiscover.json',
      'AutodiscoverV1',
      'Autodiscover',
      'https://mail.gromox.test/autodiscover/autodiscover.xml',
    ],
    ['v2-activesync.json', 'ActiveSync', 'ActiveSync', 'https://mail.gromox.test/Microsoft-Server-ActiveSync'],
  ] as const)('%s', (file, protocol, service, url) => {
    expect(decode(recorded(file))).toEqual({
      ok: true,
      untidy: [],
      response: {
        ...{ kind: 'endpoint', protocol, url },
        urls: [{ service, side: 'unstated', url, path: 'Url', authentication: null }],
        rows: [
          { path: 'Protocol', value: protocol, known: true },
          { path: 'Url', value: url, known: true },
        ],
      },
    });
  });

  test.each([
    ['v2-unknown-protocol.json', 'ProtocolNotSupported', /^Protocol: The protocol 'Bogus' is not supported\./],
    ['v2-no-protocol.json', 'MandatoryParameterMissing', /^The get request sent does not match/],
  ] as const)('%s', (file, code, message) => {
    expect(decode(recorded(file))).toMatchObject({
      response: { kind: 'error', code, message: expect.stringMatching(message) },
    });
  });
});

describe('other answers', () => {
  test.each<[string, object]>([
    ['{"protocol":"Ews","URL":"https://m/"}', { kind: 'endpoint', protocol: 'Ews', url: 'https://m/' }],
    ['{"Url":"https://m/","url":"https://n/"}', { kind: 'endpoint', protocol: null, url: 'https://m/' }],
    ['{"Protocol":"New","Url":"https://m/"}', { kind: 'endpoint', urls: [{ service: 'Other' }] }],
    ['{"Protocol":"Ews","Url":"https://m/","ErrorCode":null}', { kind: 'endpoint' }],
    ['{"Protocol":"Rest","Url":" "}', { kind: 'not-offered', protocol: 'Rest' }],
    ['{"errorcode":"InvalidProtocol","ERRORMESSAGE":"no"}', { kind: 'error', code: 'InvalidProtocol', message: 'no' }],
    ['{"ErrorCode":42,"Url":""}', { kind: 'error', code: '42', message: '' }],
    ['{"error":"invalid_request"}', { kind: 'other', what: 'an object with error' }],
    ['{"Url":{"deep":1}}', { kind: 'other', what: 'an object with Url' }],
    ['{}', { kind: 'other', what: 'an empty object' }],
    ['[{"Url":"https://m/"}]', { kind: 'other', what: 'a list' }],
    ['null', { kind: 'other', what: 'null' }],
    ['"x"', { kind: 'other', what: 'a string' }],
  ])('%s', (body, response) => {
    expect(decode(body)).toMatchObject({ ok: true, response });
  });

  test('what nobody knows is kept and marked, what is nested is named', () => {
    expect(
      decode('{"Url":"https://m/","ServerLocation":"EU","New":true,"Deep":{"a":[1]},"__proto__":[]}'),
    ).toMatchObject({
      response: {
        rows: [
          { path: 'Url', known: true },
          { path: 'ServerLocation', value: 'EU', known: true },
          { path: 'New', value: 'true', known: false },
          { path: 'Deep', value: 'an object', known: false },
          { path: '__proto__', value: 'a list', known: false },
        ],
      },
    });
  });

  test.each([
    ['', 'empty'],
    ['<!DOCTYPE html><title>x</title>', 'html'],
    ['<Autodiscover/>', 'xml'],
    ['not found', 'text'],
    ['{"Url":"https://m/"', 'text'],
    ['{"Url":"<"', 'malformed'],
  ])('%j is %s', (body, kind) => {
    expect(decode(body)).toMatchObject({ ok: false, fault: { kind } });
  });

  test('is read behind a mark and under another type, which is noted', () => {
    const result = decode(Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8('{"Url":"https://m/"}')), 'text/plain');
    expect(result).toMatchObject({ untidy: [{ code: 'byte-order-mark' }, { code: 'content-type' }] });
  });
});
