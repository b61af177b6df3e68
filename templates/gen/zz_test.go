package main
import ("testing";"fmt";"os";"bytes";"strings";"path/filepath";"nastavnik/internal/catalog";"nastavnik/internal/profile";"nastavnik/internal/docx";"nastavnik/internal/fill";"nastavnik/templates")
func TestZZ(t *testing.T){
 p:=os.Getenv("PROF"); if p=="" { t.Skip() }
 out:=os.Getenv("OUTD"); os.MkdirAll(out,0o755)
 lib,err:=catalog.Open(templates.FS); if err!=nil{t.Fatal(err)}
 s,l:=profile.Load(p); for _,x:=range l { if x.Level==0 {fmt.Println(x.Format())} }
 set,err:=lib.Plan(s,catalog.Selection{IDs: strings.Fields(os.Getenv("IDS")), Public: os.Getenv("PUB")!=""}); if err!=nil{t.Fatal(err)}
 comp:=map[string]*fill.Template{}; bad:=map[string]bool{}
 open:=func(n string)(*docx.Package,error){ b,err:=os.ReadFile("../"+n+".docx"); if err!=nil {return nil,nil}; return docx.Open(b)}
 for i,j:=range set.Jobs { id:=j.Document.ID; if bad[id] {continue}
  tp:=comp[id]
  if tp==nil { pk,err:=open(id); if err!=nil||pk==nil {t.Error(id,err);bad[id]=true;continue}
   tp,err=fill.Compile(pk,fill.Options{Name:id+".docx",Env:&catalog.View{},Blocks:func(n string)(*docx.Package,error){return open("blocks/"+n)}})
   if err!=nil { fmt.Println(err); t.Fail(); bad[id]=true; continue}; comp[id]=tp}
  var b bytes.Buffer; r,err:=tp.Render(&b,j.View); if err!=nil { fmt.Println(id,err); t.Fail(); continue}
  for _,w:=range r.Warnings { fmt.Println("W",id,w.Format())}
  var bl []string; for _,x:=range r.Blanks { bl=append(bl,x.Key)}
  fmt.Println(id,j.Suffix,"blanks",bl)
  os.WriteFile(filepath.Join(out,fmt.Sprintf("%02d-%s-%d.docx",j.Document.Number,id,i)),b.Bytes(),0o644)
 }
 for _,k:=range set.Skipped { fmt.Println("SKIP",k.Document.ID,k.Reason)}
}
