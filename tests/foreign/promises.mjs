// Node 20 lacks what libp2p 3 uses (ECMAScript 2024).
Promise.withResolvers ??= () => {
  const parts = {}
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }))
  return parts
}
