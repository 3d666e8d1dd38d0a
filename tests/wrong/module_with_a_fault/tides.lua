return {
  first = b.text "High water at six.",
}
