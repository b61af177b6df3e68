module nastavnik

go 1.26.0

require github.com/klauspost/compress v1.18.0

require (
	github.com/BurntSushi/toml v1.6.0 // indirect
	github.com/expr-lang/expr v1.17.8 // indirect
	github.com/google/go-cmp v0.7.0 // indirect
	github.com/jung-kurt/gofpdf v1.16.2 // indirect
	github.com/yuin/goldmark v1.7.13 // indirect
	golang.org/x/sys v0.49.0 // indirect
)
