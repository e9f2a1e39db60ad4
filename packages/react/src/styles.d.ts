// For `import '@imrs/react/styles.css'`: it has no names.
export {}
