/** Writes PNG files of any size, band by band, in little memory. */

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const TRUECOLOUR = [8, 2, 0, 0, 0]; // 8 bits a colour, red green blue, and the only methods there are

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** The CRC-32 of ISO 3309 over several pieces of bytes. */
export function crc32(...pieces) {
  let value = 0xffffffff;
  for (const bytes of pieces) for (const byte of bytes) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

const bytesOf = (number) => Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number);

function chunk(type, data) {
  const name = new TextEncoder().encode(type);
  return [bytesOf(data.length), name, data, bytesOf(crc32(name, data))];
}

/** A PNG file from bands of rows: each row a filter byte (0) and then red, green, blue of every pixel. */
export async function pngFile(width, height, bands) {
  const squeeze = new CompressionStream("deflate");
  const parts = [];
  const reading = (async () => {
    for await (const data of pieces(squeeze.readable)) parts.push(...chunk("IDAT", data));
  })();
  const writer = squeeze.writable.getWriter();
  for await (const band of bands) {
    await writer.ready;
    writer.write(band).catch(() => {}); // a fault shows in `reading`
  }
  await writer.close();
  await reading;
  const head = new Uint8Array([...bytesOf(width), ...bytesOf(height), ...TRUECOLOUR]);
  const file = [
    Uint8Array.from(SIGNATURE),
    ...chunk("IHDR", head),
    ...parts,
    ...chunk("IEND", new Uint8Array()),
  ];
  return new Blob(file, { type: "image/png" });
}

async function* pieces(stream) {
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}
