/** Refusals of the protocol itself: HTTP status 200, a number in a header, and a page for people. [MS-OXCMAPIHTTP] 2.2.3.3.3 */
import type { HttpAnswer } from '../http/message.ts';

/** What is wrong with a request. */
export type Refusal =
  | 'unknown failure'
  | 'invalid verb'
  | 'invalid path'
  | 'invalid header'
  | 'invalid request type'
  | 'invalid context cookie'
  | 'missing header'
  | 'anonymous not allowed'
  | 'too large'
  | 'context not found'
  | 'no privilege'
  | 'invalid request body'
  | 'missing cookie'
  | 'invalid sequence'
  | 'endpoint disabled'
  | 'endpoint shutting down';

/** Which number a server has for it. */
export type Numbering = Readonly<Record<Refusal, number>>;

export const asExchange: Numbering = {
  'unknown failure': 1,
  'invalid verb': 2,
  'invalid path': 3,
  'invalid header': 4,
  'invalid request type': 5,
  'invalid context cookie': 6,
  'missing header': 7,
  'anonymous not allowed': 8,
  'too large': 9,
  'context not found': 10,
  'no privilege': 11,
  'invalid request body': 12,
  'missing cookie': 13,
  'invalid sequence': 15,
  'endpoint disabled': 16,
  'endpoint shutting down': 18,
};

/** A server that is not Exchange counts in its own way; only the sentence tells what it means. */
export const countedOtherwise: Numbering = {
  ...asExchange,
  'invalid verb': 1,
  'invalid context cookie': 2,
  'context not found': 2,
  'missing header': 3,
  'invalid request body': 5,
  'missing cookie': 6,
  'invalid sequence': 7,
  'invalid request type': 8,
};

const sentences: Readonly<Record<Refusal, string>> = {
  'unknown failure': 'The request could not be carried out for a reason that is not known.',
  'invalid verb': 'The request has an invalid verb.',
  'invalid path': 'The request has an invalid path.',
  'invalid header': 'The request has an invalid header.',
  'invalid request type': 'The request has an invalid request type.',
  'invalid context cookie': 'The request has an invalid session context cookie.',
  'missing header': 'The request lacks a required header.',
  'anonymous not allowed': 'The request came from nobody who has signed in.',
  'too large': 'The request is too large.',
  'context not found': 'The session context was not found.',
  'no privilege': 'The user has no privilege on this session context.',
  'invalid request body': 'The request has an invalid body.',
  'missing cookie': 'The request lacks a required cookie.',
  'invalid sequence': 'The request breaks the sequence of requests.',
  'endpoint disabled': 'The endpoint is disabled.',
  'endpoint shutting down': 'The endpoint is shutting down.',
};

export function refusal(why: Refusal, numbering: Numbering = asExchange): HttpAnswer {
  const sentence = sentences[why];
  return {
    status: 200,
    headers: [
      ['Content-Type', 'text/html'],
      ['X-ResponseCode', String(numbering[why])],
    ],
    body: `<html><head><title>MAPI/HTTP error</title></head><body><h1>Failure</h1><p>${sentence}</p></body></html>`,
  };
}
