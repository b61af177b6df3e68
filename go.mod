module nastavnik

go 1.26
