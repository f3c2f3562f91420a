'use client';
/** The same when even the frame of the pages cannot be drawn. */
import { Broken } from '#components/ui/broken.tsx';
import './globals.css';

export default function GlobalError() {
  return (
    <html lang="en">
      <body className="p-6">
        <title>Throughline</title>
        <Broken />
      </body>
    </html>
  );
}
