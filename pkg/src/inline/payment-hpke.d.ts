/** The module's bytes, decoded from the base64 that the build puts here. */
export default function bytes(): BufferSource;
