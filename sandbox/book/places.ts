import type { Team } from '../agents.js'

export interface Place {
  province: string
  city: string
  areaCode: string
  districts: readonly string[]
  /** Which team sells there. */
  team: Team
}

const place = (team: Team, areaCode: string, province: string, city: string, districts: string): Place => ({
  province,
  city,
  areaCode,
  districts: districts.split(' '),
  team,
})

/** Cities with their real area codes and districts. */
export const places: readonly Place[] = [
  place('north', '010', '北京市', '北京市', '朝阳区 海淀区 丰台区 西城区 通州区'),
  place('north', '022', '天津市', '天津市', '和平区 河西区 南开区 滨海新区'),
  place('north', '0531', '山东省', '济南市', '历下区 市中区 槐荫区'),
  place('north', '0532', '山东省', '青岛市', '市南区 崂山区 黄岛区'),
  place('north', '0311', '河北省', '石家庄市', '长安区 桥西区 裕华区'),
  place('north', '024', '辽宁省', '沈阳市', '沈河区 和平区 浑南区'),
  place('north', '0411', '辽宁省', '大连市', '中山区 西岗区 甘井子区'),
  place('north', '0371', '河南省', '郑州市', '金水区 二七区 中原区'),
  place('north', '029', '陕西省', '西安市', '雁塔区 碑林区 未央区'),
  place('north', '0451', '黑龙江省', '哈尔滨市', '南岗区 道里区 香坊区'),
  place('south', '021', '上海市', '上海市', '浦东新区 徐汇区 静安区 闵行区 杨浦区'),
  place('south', '020', '广东省', '广州市', '天河区 越秀区 番禺区 白云区'),
  place('south', '0755', '广东省', '深圳市', '南山区 福田区 宝安区 龙岗区'),
  place('south', '0571', '浙江省', '杭州市', '西湖区 滨江区 余杭区 拱墅区'),
  place('south', '0574', '浙江省', '宁波市', '鄞州区 海曙区 江北区'),
  place('south', '025', '江苏省', '南京市', '鼓楼区 玄武区 建邺区 江宁区'),
  place('south', '0512', '江苏省', '苏州市', '姑苏区 吴中区 虎丘区'),
  place('south', '028', '四川省', '成都市', '武侯区 锦江区 青羊区'),
  place('south', '023', '重庆市', '重庆市', '渝中区 江北区 渝北区'),
  place('south', '027', '湖北省', '武汉市', '武昌区 洪山区 江汉区'),
  place('south', '0731', '湖南省', '长沙市', '岳麓区 芙蓉区 雨花区'),
  place('south', '0592', '福建省', '厦门市', '思明区 湖里区 集美区'),
]

export const roads =
  '人民路 中山路 解放路 建设路 和平路 文化路 新华路 迎宾路 科技路 长江路 黄河路 学院路 滨河路 金融街 创业大道'.split(
    ' ',
  )

export const estates = '阳光花园 翠湖家园 锦绣华庭 金桂苑 御景湾 书香名邸 绿城春天 万和公馆 丽景新城 碧水云天'.split(
  ' ',
)
