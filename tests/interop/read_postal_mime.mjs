// Reads a mail on standard input with postal-mime and prints what it holds as JSON.
import { readFileSync } from "node:fs";
import PostalMime from "postal-mime";

const mail = await PostalMime.parse(readFileSync(0), { attachmentEncoding: "base64" });
process.stdout.write(
  JSON.stringify({
    headers: mail.headers.map((header) => header.key),
    from: [mail.from],
    to: mail.to,
    subject: mail.subject,
    date: mail.date,
    id: mail.messageId,
    text: mail.text,
    html: mail.html,
    files: mail.attachments.map((file) => ({
      type: file.mimeType,
      method: file.method ?? null,
      name: file.filename,
      octets: file.content,
    })),
  }),
);
