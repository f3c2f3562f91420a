'use client';
/** Saves what the page holds as a file. */

interface DownloadButtonProps {
  label: string;
  file: string;
  type: string;
  content: () => BlobPart;
}

export function DownloadButton({ label, file, type, content }: DownloadButtonProps) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([content()], { type }));
    const link = document.createElement('a');
    [link.href, link.download] = [url, file];
    link.click();
    // Not at once: the browser reads it after the click.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <button type="button" className="button button-plain min-h-7 px-2 text-sm" onClick={save}>
      {label}
    </button>
  );
}
