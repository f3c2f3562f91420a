import type { HttpAnswer } from '../http/message.ts';

/** What IIS says where nothing is. */
export const notFound = (): HttpAnswer => ({
  status: 404,
  headers: [
    ['Server', 'Microsoft-IIS/10.0'],
    ['X-Powered-By', 'ASP.NET'],
    ['Content-Type', 'text/html'],
  ],
  body: '<!DOCTYPE html><html><head><title>404 - File or directory not found.</title></head><body></body></html>',
});
